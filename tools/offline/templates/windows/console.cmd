@echo off
rem A console where the handbook's commands can be typed, in a folder as open.cmd has it.
setlocal EnableExtensions DisableDelayedExpansion
{% include "windows/found.cmd" %}
{% include "windows/folder.cmd" %}
set "PATH=%KPIREPORT_HOME%\%PLACE%\Scripts;%PATH:"=%"
rem What is typed is not looked for in the folder first, where others may have put it.
set "NoDefaultCurrentDirectoryInExePath=1"
rem A share without a drive letter gets one until popd.
pushd "%FOLDER%\." 2>nul
if not "%ERRORLEVEL%"=="0" goto no_folder
cmd /k kpireport
popd
exit /b 0

{% include "windows/absent.cmd" %}

{% include "windows/no_folder.cmd" %}
