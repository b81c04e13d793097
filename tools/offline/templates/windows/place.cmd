if not defined KPIREPORT_HOME set "KPIREPORT_HOME=%LOCALAPPDATA%\kpireport"
