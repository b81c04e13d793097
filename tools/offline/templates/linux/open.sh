#!/bin/sh
# Opens a folder in the browser.
{% include "linux/found.sh" %}
{% include "linux/folder.sh" %}
exec "$python" -I -m kpireport open "$folder"
