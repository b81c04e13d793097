rem The folder that was dropped here, else the one this file is in, else the user's own.
rem A name comes here with quotation marks if it has spaces, without if not: they are taken off.
rem A name that ends with a backslash would make the quotation mark after it one of its letters
rem for a program: so all are given with a dot at the end.
set FOLDER=%*
if defined FOLDER set "FOLDER=%FOLDER:"=%"
if defined FOLDER if not exist "%FOLDER%\*" goto no_folder
if not defined FOLDER if not exist "%~dp0setup\install.py" set "FOLDER=%~dp0"
if not defined FOLDER if exist "%USERPROFILE%\Documents\" set "FOLDER=%USERPROFILE%\Documents\kpireport"
if not defined FOLDER set "FOLDER=%USERPROFILE%\kpireport"
