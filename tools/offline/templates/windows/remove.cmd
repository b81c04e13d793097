@echo off
rem Removes what install.py made, by its marks and its names, and nothing else.
setlocal EnableExtensions DisableDelayedExpansion
{% include "windows/place.cmd" %}
rem After the note has been read, which is in the console's own code page.
chcp 65001 >nul
set "FOUND="
for %%P in (a b a.removed b.removed) do if exist "%KPIREPORT_HOME%\%%P\{{ mark }}\" set "FOUND=yes"
for %%F in ({{ files | join(" ") }}) do if exist "%KPIREPORT_HOME%\%%F" set "FOUND=yes"
if not defined FOUND goto absent
echo kpireport を取り外します。計画と報告書のフォルダーは、そのまま残ります。
echo   消すところ: "%KPIREPORT_HOME%"
echo やめるときは、この窓を閉じてください。
pause
set "RUNS="
for %%P in (a b) do call :ask %%P
if defined RUNS goto in_use
for %%P in (a b) do call :remove %%P
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P\{{ mark }}\" if exist "%KPIREPORT_HOME%\%%P.removed" goto in_the_way
rem What has a file open cannot be renamed; then nothing is removed.
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P\{{ mark }}\" ren "%KPIREPORT_HOME%\%%P" %%P.removed
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P\{{ mark }}\" goto held
for %%F in ({{ files | join(" ") }}) do if exist "%KPIREPORT_HOME%\%%F" del "%KPIREPORT_HOME%\%%F"
if "%NOTED%"=="%KPIREPORT_HOME%" del "%KPIREPORT_NOTE%"
for %%P in (a b) do call :remove %%P
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P.removed\{{ mark }}\" goto left
rmdir "%KPIREPORT_HOME%" 2>nul
if not exist "%KPIREPORT_HOME%\" goto emptied
echo "%KPIREPORT_HOME%" には、kpireport が入れたのではないファイルがあるので、残しました。

:emptied
if exist "%LOCALAPPDATA%\kpireport\" rmdir "%LOCALAPPDATA%\kpireport" 2>nul
echo 取り外しました。次のものは、あれば残しました。
echo   計画と報告書のフォルダー（仕事のファイルなので）
echo   入口（{{ launchers | join("、") }}）：写して使われているかもしれず、また導入すると使えるので
echo   → 入口は、使わなければ消してかまいません。
pause
exit /b 0

:ask
set "PYTHON=%KPIREPORT_HOME%\%1\Scripts\python.exe"
if not exist "%KPIREPORT_HOME%\%1\{{ mark }}\" exit /b 0
if not exist "%PYTHON%" exit /b 0
"%PYTHON%" -I -m kpireport.in_use 2>nul
if "%ERRORLEVEL%"=="{{ in_use }}" set "RUNS=%1"
exit /b 0

:remove
rem The mark is the last to go: what is left of a removal that was stopped can be removed.
set "AWAY=%KPIREPORT_HOME%\%1.removed"
if not exist "%AWAY%\{{ mark }}\" exit /b 0
del /f /q /a "%AWAY%\*" 2>nul
for /d %%D in ("%AWAY%\*") do if not "%%~nxD"=="{{ mark }}" rmdir /s /q "%%D" 2>nul
for /d %%D in ("%AWAY%\*") do if not "%%~nxD"=="{{ mark }}" exit /b 0
rmdir /s /q "%AWAY%" 2>nul
exit /b 0

:in_the_way
echo 片付けられないもの（a.removed か b.removed）があります: "%KPIREPORT_HOME%"
echo   → kpireport のものなら、それを開いているものを閉じてください。ほかの人のものなら、名前を変えてもらってください。その後で、もう一度実行してください。
goto in_use

:held
for %%P in (a b) do if exist "%KPIREPORT_HOME%\%%P.removed\{{ mark }}\" if not exist "%KPIREPORT_HOME%\%%P\" ren "%KPIREPORT_HOME%\%%P.removed" %%P
echo ほかのプログラムが、kpireport のフォルダーのファイルを開いています。
echo   → kpireport の画面と窓、そのフォルダーを開いた窓を閉じてから、もう一度実行してください。

:in_use
echo 取り外せません。何も消していません。
pause
exit /b 1

:left
echo 消せないファイルが残りました。ほかのプログラムが開いているか、消す権利がありません: "%KPIREPORT_HOME%"
echo   → 開いているものを閉じてから、もう一度実行してください。
pause
exit /b 1

:absent
echo kpireport は導入されていません。取り外すものはありません。
echo   探したところ: "%KPIREPORT_HOME%"
pause
exit /b 0
