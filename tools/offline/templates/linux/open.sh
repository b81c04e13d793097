#!/bin/sh
# Opens a folder that is named, else the one this file is in, else the user's own.
{% include "linux/found.sh" %}
{% include "linux/folder.sh" %}
exec "$python" -I -m kpireport open "$folder"
