#!/bin/sh
# Removes what install.py made, by name, and nothing else.
{% include "linux/place.sh" %}
if [ ! -e "$KPIREPORT_HOME/current.txt" ]; then
  echo "kpireport は導入されていません。取り外すものはありません。"
  exit 0
fi
rm -f -- "$KPIREPORT_HOME/current.txt" "$KPIREPORT_HOME/install-log.txt"
rm -rf -- "$KPIREPORT_HOME/a" "$KPIREPORT_HOME/b"
if ! rmdir -- "$KPIREPORT_HOME" 2>/dev/null; then
  echo "$KPIREPORT_HOME には、kpireport が入れたのではないファイルがあるので、残しました。"
fi
echo "取り外しました。計画と報告書のフォルダーと、その中の入口（開く.sh など）は残っています。"
