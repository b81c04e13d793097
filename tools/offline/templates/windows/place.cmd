rem Where it lives: as the environment says, or a note of an install elsewhere; else the usual home.
set "KPIREPORT_NOTE=%LOCALAPPDATA%\kpireport\home.txt"
if defined KPIREPORT_HOME set "KPIREPORT_HOME=%KPIREPORT_HOME:"=%"
if not defined KPIREPORT_HOME if exist "%KPIREPORT_NOTE%" set /p KPIREPORT_HOME=<"%KPIREPORT_NOTE%"
if not defined KPIREPORT_HOME set "KPIREPORT_HOME=%LOCALAPPDATA%\kpireport"
