@echo off
rem A console where the handbook's commands can be typed, in the user's own folder.
setlocal
{% include "windows/found.cmd" %}
set "PATH=%KPIREPORT_HOME%\%PLACE%\Scripts;%PATH%"
set "FOLDER=%~1"
if not defined FOLDER if not exist "%~dp0setup\install.py" set "FOLDER=%~dp0."
if not defined FOLDER set "FOLDER=%USERPROFILE%"
pushd "%FOLDER%"
cmd /k kpireport --help
exit /b 0

{% include "windows/absent.cmd" %}
