{% include "windows/place.cmd" %}
set "PLACE="
if exist "%KPIREPORT_HOME%\current.txt" set /p PLACE=<"%KPIREPORT_HOME%\current.txt"
set "PYTHON=%KPIREPORT_HOME%\%PLACE%\Scripts\python.exe"
if not exist "%PYTHON%" goto absent
