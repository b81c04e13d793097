#!/bin/sh
# A shell where the handbook's commands can be typed, in a folder as open.sh has it.
{% include "linux/found.sh" %}
{% include "linux/folder.sh" %}
PATH="$KPIREPORT_HOME/$place/bin:$PATH"
export PATH
cd -- "$folder" 2>/dev/null || no_folder
kpireport
exec "${SHELL:-/bin/sh}"
