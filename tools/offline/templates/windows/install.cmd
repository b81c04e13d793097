@echo off
rem Installs kpireport for this user: no network, no administrator, no registry.
setlocal EnableExtensions DisableDelayedExpansion
{% include "windows/place.cmd" %}
rem Neither launcher of Python may fetch one from the network.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "PYLAUNCHER_ALLOW_INSTALL="
rem A share without a drive letter gets one until popd.
pushd "%~dp0"
if not exist setup\install.py goto unreachable
set "PYTHON="
for %%V in ({{ pythons | reverse | join(" ") }}) do call :try py -%%V
call :try python
if not defined PYTHON goto no_python
call %PYTHON% -I setup\install.py
set "STATUS=%ERRORLEVEL%"
popd
pause
exit /b %STATUS%

:try
if defined PYTHON exit /b 0
rem By call: where the name is a script's, as pyenv has it, cmd would not come back otherwise.
call %* -I setup\suitable.py >nul 2>nul
if "%ERRORLEVEL%"=="0" set "PYTHON=%*"
exit /b 0

:no_python
popd
chcp 65001 >nul
echo 使える Python が見つかりません。何も変わっていません。
echo   要るもの: Python {{ pythons | join("、") }} のどれか、64ビット版、python.org のもの
echo   （Microsoft Store の Python は使えません）
echo   → 情報政策課に「python.org の Python {{ pythons[-1] }}（64ビット）」を頼み、
echo     入った後で、もう一度「導入.cmd」をダブルクリックしてください。
pause
exit /b 1

:unreachable
popd
chcp 65001 >nul
echo このフォルダーに、導入するもの（setup）が見つかりません。何も変わっていません。
echo   → ZIP のままなら、ZIP を右クリックして「すべて展開」を選び、展開したほうで実行してください。
echo   → 共有フォルダーなら、フォルダーごと、このパソコンの「ドキュメント」に写してから、もう一度実行してください。
pause
exit /b 1
