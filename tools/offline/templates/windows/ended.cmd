set "STATUS=%ERRORLEVEL%"
rem As an environment ends whose Python has been removed.
if "%STATUS%"=="103" goto absent
if not "%STATUS%"=="0" pause
exit /b %STATUS%

