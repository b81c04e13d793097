#!/bin/sh
# Removes what install.py made, by name, and nothing else.
{% include "linux/place.sh" %}
if [ ! -e "$KPIREPORT_HOME/current.txt" ]; then
  echo "kpireport は導入されていません。取り外すものはありません。"
  echo "  探したところ: $KPIREPORT_HOME"
  exit 0
fi
for place in a b; do
  "$KPIREPORT_HOME/$place/bin/python" -I -m kpireport.in_use 2>/dev/null
  if [ $? -eq {{ in_use }} ]; then
    echo "取り外せません。何も消していません。"
    exit 1
  fi
done
rm -f -- "$KPIREPORT_HOME/current.txt" "$KPIREPORT_HOME/install-log.txt"
if [ "$noted" = "$KPIREPORT_HOME" ]; then rm -f -- "$KPIREPORT_NOTE"; fi
rm -rf -- "$KPIREPORT_HOME/a" "$KPIREPORT_HOME/b"
if ! rmdir -- "$KPIREPORT_HOME" 2>/dev/null; then
  echo "$KPIREPORT_HOME には、kpireport が入れたのではないファイルがあるので、残しました。"
fi
rmdir -- "$(dirname -- "$KPIREPORT_NOTE")" 2>/dev/null
echo "取り外しました。次のものは、残しました。"
echo "  計画と報告書のフォルダー（仕事のファイルなので）"
echo "  入口（{{ launchers | join("、") }}）：写して使われているかもしれず、また導入すると使えるので"
echo "  → 入口は、使わなければ消してかまいません。"
