{% include "linux/place.sh" %}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
place=$(cat "$KPIREPORT_HOME/current.txt" 2>/dev/null)
python="$KPIREPORT_HOME/$place/bin/python"
if [ ! -x "$python" ]; then
  echo "kpireport は、まだ導入されていません。"
  echo "  → 配られたフォルダーで sh 導入.sh を実行してください。"
  exit 1
fi
