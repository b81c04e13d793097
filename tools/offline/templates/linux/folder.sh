# A folder that is named, else the one this file is in, else the user's own.
no_folder() {
  echo "そのフォルダーを開けません: $folder"
  echo "  → 名前を確かめてください。空白などのある名前は、引用符（' '）で囲みます。まだないフォルダーは、先に作ってください。"
  exit 1
}
folder="${1:-}"
if [ -n "$folder" ] && [ ! -d "$folder" ]; then no_folder; fi
if [ -z "$folder" ] && [ ! -e "$here/setup/install.py" ]; then folder="$here"; fi
if [ -z "$folder" ]; then folder="$HOME/kpireport"; fi
