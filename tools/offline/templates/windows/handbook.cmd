@echo off
rem Shows the handbook that is installed with kpireport.
setlocal
{% include "windows/found.cmd" %}
"%PYTHON%" -I -m kpireport handbook
set "STATUS=%ERRORLEVEL%"
if not "%STATUS%"=="0" pause
exit /b %STATUS%

{% include "windows/absent.cmd" %}
