#!/bin/sh
# Removes what install.py made, by its marks and its names, and nothing else.
{% include "linux/place.sh" %}
is_own() { [ ! -h "$KPIREPORT_HOME/$1" ] && [ -d "$KPIREPORT_HOME/$1/{{ mark }}" ]; }
# The mark is the last to go: what is left of a removal that was stopped can be removed.
remove() {
  find "$KPIREPORT_HOME/$1/." ! -name . -prune ! -name {{ mark }} -exec rm -rf -- {} + 2>/dev/null &&
    rm -rf -- "$KPIREPORT_HOME/$1" 2>/dev/null
}
places=
for place in a b a.removed b.removed; do
  if is_own "$place"; then places="$places $place"; fi
done
files=
for file in {{ files | join(" ") }}; do
  if [ -f "$KPIREPORT_HOME/$file" ]; then files="$files $file"; fi
done
if [ -z "$places$files" ]; then
  echo "kpireport は導入されていません。取り外すものはありません。"
  echo "  探したところ: $KPIREPORT_HOME"
  exit 0
fi
for place in $places; do
  "$KPIREPORT_HOME/$place/bin/python" -I -m kpireport.in_use 2>/dev/null
  if [ $? -eq {{ in_use }} ]; then
    echo "取り外せません。何も消していません。"
    exit 1
  fi
done
if [ ! -w "$KPIREPORT_HOME" ]; then
  echo "取り外せません。何も消していません。"
  echo "  → 書き込む権利があるかを確かめて、もう一度実行してください: $KPIREPORT_HOME"
  exit 1
fi
for file in $files; do rm -f -- "$KPIREPORT_HOME/$file"; done
if [ "$noted" = "$KPIREPORT_HOME" ]; then rm -f -- "$KPIREPORT_NOTE"; fi
for place in $places; do
  if ! remove "$place"; then
    echo "消せないファイルが残りました: $KPIREPORT_HOME/$place"
    echo "  → 書き込む権利があるかを確かめて、もう一度実行してください。"
    exit 1
  fi
done
if ! rmdir -- "$KPIREPORT_HOME" 2>/dev/null; then
  echo "$KPIREPORT_HOME には、kpireport が入れたのではないファイルがあるので、残しました。"
fi
rmdir -- "$(dirname -- "$KPIREPORT_NOTE")" 2>/dev/null
echo "取り外しました。次のものは、あれば残しました。"
echo "  計画と報告書のフォルダー（仕事のファイルなので）"
echo "  入口（{{ launchers | join("、") }}）：写して使われているかもしれず、また導入すると使えるので"
echo "  → 入口は、使わなければ消してかまいません。"
