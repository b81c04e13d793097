rem Where it lives: as the environment says, or a note of an install elsewhere; else the usual home.
set "KPIREPORT_NOTE=%LOCALAPPDATA%\kpireport\home.txt"
set "NOTED="
if exist "%KPIREPORT_NOTE%" set /p NOTED=<"%KPIREPORT_NOTE%"
if defined KPIREPORT_HOME set "KPIREPORT_HOME=%KPIREPORT_HOME:"=%"
if not defined KPIREPORT_HOME set "KPIREPORT_HOME=%NOTED%"
if not defined KPIREPORT_HOME set "KPIREPORT_HOME=%LOCALAPPDATA%\kpireport"
