#!/bin/sh
# A shell where the handbook's commands can be typed, in the user's own folder.
{% include "linux/found.sh" %}
{% include "linux/folder.sh" %}
PATH="$KPIREPORT_HOME/$place/bin:$PATH"
export PATH
cd -- "$folder" || exit 1
kpireport
exec "${SHELL:-/bin/sh}"
