#!/bin/sh
# Installs kpireport for this user: no network, no administrator.
{% include "linux/place.sh" %}
cd -- "$(dirname -- "$0")" || exit 1
for python in python{{ pythons | reverse | join(" python") }} python3 python; do
  if "$python" -I setup/suitable.py >/dev/null 2>&1; then
    exec "$python" -I setup/install.py
  fi
done
echo "使える Python が見つかりません。何も変わっていません。"
echo "  要るもの: Python {{ pythons | join("、") }} のどれか（venv と ensurepip のあるもの）、64ビットの Linux（glibc {{ glibc }} 以上）"
echo "  → システムの担当に頼み、入った後で、もう一度 sh 導入.sh を実行してください。"
exit 1
