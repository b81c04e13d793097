@echo off
rem Removes what install.py made, by name, and nothing else.
setlocal
{% include "windows/place.cmd" %}
if not exist "%KPIREPORT_HOME%\current.txt" goto absent
chcp 65001 >nul
echo kpireport を取り外します。計画と報告書のフォルダーは、そのまま残ります。
echo   消すところ: "%KPIREPORT_HOME%"
echo やめるときは、この窓を閉じてください。
pause
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P.removed\" rmdir /s /q "%KPIREPORT_HOME%\%%P.removed"
rem What is running cannot be renamed; then nothing is removed.
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P\" ren "%KPIREPORT_HOME%\%%P" %%P.removed
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P\" goto in_use
del "%KPIREPORT_HOME%\current.txt" "%KPIREPORT_HOME%\install-log.txt"
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P.removed\" rmdir /s /q "%KPIREPORT_HOME%\%%P.removed"
rmdir "%KPIREPORT_HOME%"
echo 取り外しました。計画と報告書のフォルダーの中の入口（開く.cmd など）は残っています。
pause
exit /b 0

:in_use
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P.removed\" if not exist "%KPIREPORT_HOME%\%%P\" ren "%KPIREPORT_HOME%\%%P.removed" %%P
echo kpireport が動いているので、取り外せません。何も消していません。
echo   → 画面の「終了」を押してから、もう一度実行してください。
pause
exit /b 1

:absent
chcp 65001 >nul
echo kpireport は導入されていません。取り外すものはありません。
pause
exit /b 0
