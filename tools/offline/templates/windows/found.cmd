{% include "windows/place.cmd" %}
set "PLACE="
if exist "%KPIREPORT_HOME%\{{ current }}" set /p PLACE=<"%KPIREPORT_HOME%\{{ current }}"
set "PYTHON=%KPIREPORT_HOME%\%PLACE%\Scripts\python.exe"
if not exist "%PYTHON%" goto absent
