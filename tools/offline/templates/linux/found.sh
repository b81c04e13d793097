{% include "linux/place.sh" %}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
place=$(cat -- "$KPIREPORT_HOME/{{ current }}" 2>/dev/null)
python="$KPIREPORT_HOME/$place/bin/python"
if [ ! -x "$python" ]; then
  echo "kpireport は、このパソコンの「$(id -un)」さんには入っていません（入れる前か、取り外した後か、Python が替わった後です）。"
  echo "  探したところ: $KPIREPORT_HOME"
  echo "  → 配られたフォルダー（ZIP を展開したもの）で、sh 導入.sh を実行してください。"
  exit 1
fi
