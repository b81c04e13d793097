@echo off
rem Shows the handbook that is installed with kpireport.
setlocal EnableExtensions DisableDelayedExpansion
{% include "windows/found.cmd" %}
"%PYTHON%" -I -m kpireport handbook
{% include "windows/ended.cmd" %}
{% include "windows/absent.cmd" %}
