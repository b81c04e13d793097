@echo off
rem Opens a folder that was dropped here, else the one this file is in, else the user's own.
setlocal
{% include "windows/found.cmd" %}
set "FOLDER=%~1"
if not defined FOLDER if not exist "%~dp0setup\install.py" set "FOLDER=%~dp0."
if not defined FOLDER if exist "%USERPROFILE%\Documents\" set "FOLDER=%USERPROFILE%\Documents\kpireport"
if not defined FOLDER set "FOLDER=%USERPROFILE%\kpireport"
"%PYTHON%" -I -m kpireport open "%FOLDER%"
set "STATUS=%ERRORLEVEL%"
if not "%STATUS%"=="0" pause
exit /b %STATUS%

{% include "windows/absent.cmd" %}
