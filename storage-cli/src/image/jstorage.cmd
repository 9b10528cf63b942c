@echo off
rem Starts the shell in the Java of this image. JSTORAGE_JAVA_OPTIONS, such as -Xmx4g, are for that Java.
"%~dp0java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %JSTORAGE_JAVA_OPTIONS% -jar "%~dp0..\lib\jstorage.jar" %*
