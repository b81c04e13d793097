/*
 * Answers many questions by one process: runs the product's script (the argument) for each line
 * of the standard input, as if the line were all the input. After each answer comes a full stop.
 */
var system = java.lang.System;
var lines = new java.io.BufferedReader(new java.io.InputStreamReader(system["in"], "UTF-8"));
for (var line = lines.readLine(); line !== null; line = lines.readLine()) {
  system.setIn(new java.io.ByteArrayInputStream(new java.lang.String(line).getBytes("UTF-8")));
  load(arguments[0]);
  system.out.println(".");
  system.out.flush();
}
