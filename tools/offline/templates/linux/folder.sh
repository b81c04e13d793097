folder="${1:-}"
if [ -z "$folder" ] && [ ! -e "$here/setup/install.py" ]; then folder="$here"; fi
if [ -z "$folder" ]; then folder="$HOME/kpireport"; fi
