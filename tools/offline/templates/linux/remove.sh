#!/bin/sh
# Removes what install.py made, by name, and nothing else.
{% include "linux/place.sh" %}
if [ ! -e "$KPIREPORT_HOME/current.txt" ]; then
  echo "kpireport は導入されていません。取り外すものはありません。"
  exit 0
fi
rm -f -- "$KPIREPORT_HOME/current.txt" "$KPIREPORT_HOME/install-log.txt"
rm -rf -- "$KPIREPORT_HOME/a" "$KPIREPORT_HOME/b"
rmdir -- "$KPIREPORT_HOME"
echo "取り外しました。計画と報告書のフォルダーは、そのまま残っています。"
