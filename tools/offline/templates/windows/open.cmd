@echo off
rem Opens a folder that was dropped here, else the one this file is in, else the user's own.
setlocal EnableExtensions DisableDelayedExpansion
{% include "windows/found.cmd" %}
{% include "windows/folder.cmd" %}
"%PYTHON%" -I -m kpireport open "%FOLDER%\."
{% include "windows/ended.cmd" %}
{% include "windows/absent.cmd" %}

{% include "windows/no_folder.cmd" %}
