#!/bin/sh
# Shows the handbook that is installed with kpireport.
{% include "linux/found.sh" %}
exec "$python" -I -m kpireport handbook
