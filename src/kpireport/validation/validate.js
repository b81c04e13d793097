/*
 * Validates PDF files with veraPDF's library.
 *
 * Comes in, on the standard input: a JSON list of jobs, {"path": ..., "flavours": ["2a", "ua1"]}.
 * Goes out, on the standard output: for each job and flavour one line of JSON,
 *   {"path", "flavour", "compliant", "checks", "failures": [{"rule", "count", "message", "places"}]}
 * or {"path", "flavour", "error"} where the file cannot be read. "places" are veraPDF's paths
 * to everything that fails.
 *
 * It is run by Rhino, the JavaScript engine that veraPDF evaluates its rules with: so a Java
 * runtime is enough, and nothing has to be compiled. The rules are read from veraPDF's own
 * profiles with the XML parser of Java, as JAXB, which the library would use, is no longer a
 * part of Java.
 */

var Flavour = Packages.org.verapdf.pdfa.flavours.PDFAFlavour;
var Foundries = Packages.org.verapdf.pdfa.Foundries;
var Profiles = Packages.org.verapdf.pdfa.validation.profiles.Profiles;
var ErrorArgument = Packages.org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
var DocumentBuilderFactory = Packages.javax.xml.parsers.DocumentBuilderFactory;

var PROFILES = "org/verapdf/pdfa/validation/";
var NO_LIMIT = -1;

// --- reading a profile -------------------------------------------------------------

function children(element, name) {
  var nodes = element.getChildNodes();
  var found = [];
  for (var i = 0; i < nodes.getLength(); i++) {
    if (String(nodes.item(i).getNodeName()) === name) {
      found.push(nodes.item(i));
    }
  }
  return found;
}

function child(element, name) {
  return children(element, name)[0];
}

function text(element, name) {
  return child(element, name).getTextContent();
}

/* "2a" -> PDFA-2A.xml, "ua1" -> PDFUA-1.xml */
function profileFile(flavour) {
  return flavour === "ua1" ? "PDFUA-1.xml" : "PDFA-" + flavour.toUpperCase() + ".xml";
}

function readProfile(flavour) {
  var stream = java.lang.ClassLoader.getSystemResourceAsStream(PROFILES + profileFile(flavour));
  var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
  var profile = builder.parse(stream).getDocumentElement();
  var rules = new java.util.HashSet();
  children(child(profile, "rules"), "rule").forEach(function (rule) {
    rules.add(readRule(rule));
  });
  var variables = new java.util.HashSet();
  children(child(profile, "variables"), "variable").forEach(function (variable) {
    variables.add(readVariable(variable));
  });
  var details = Profiles.profileDetailsFromValues("", "", "", new java.util.Date(0));
  return Profiles.profileFromValues(Flavour.fromString(flavour), details, "", rules, variables);
}

function readRule(rule) {
  var id = child(rule, "id");
  var specification = Flavour.Specification.valueOf(id.getAttribute("specification"));
  var error = child(rule, "error");
  var values = new java.util.ArrayList();
  children(child(error, "arguments"), "argument").forEach(function (each) {
    values.add(ErrorArgument.fromValues(each.getTextContent(), each.getAttribute("name"), null));
  });
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(
      specification,
      id.getAttribute("clause"),
      parseInt(id.getAttribute("testNumber"), 10)
    ),
    rule.getAttribute("object"),
    rule.hasAttribute("deferred") ? java.lang.Boolean.valueOf(rule.getAttribute("deferred")) : null,
    rule.getAttribute("tags"),
    text(rule, "description"),
    text(rule, "test"),
    Profiles.errorFromValues(text(error, "message"), values),
    new java.util.ArrayList()
  );
}

function readVariable(variable) {
  return Profiles.variableFromValues(
    variable.getAttribute("name"),
    variable.getAttribute("object"),
    text(variable, "defaultValue"),
    text(variable, "value")
  );
}

// --- validating ----------------------------------------------------------------------

var profiles = {};

function validate(path, flavour) {
  profiles[flavour] = profiles[flavour] || readProfile(flavour);
  var stream = new java.io.FileInputStream(path);
  try {
    var parser = Foundries.defaultInstance().createParser(stream, Flavour.fromString(flavour));
    var validator = Foundries.defaultInstance().createValidator(
      profiles[flavour], NO_LIMIT, false, true, false
    );
    try {
      return report(path, flavour, validator.validate(parser));
    } finally {
      validator.close();
      parser.close();
    }
  } finally {
    stream.close();
  }
}

function report(path, flavour, result) {
  var failures = {};
  result.getFailedChecks().entrySet().forEach(function (entry) {
    var rule = ruleName(entry.getKey());
    failures[rule] = { rule: rule, count: Number(entry.getValue()), message: "", places: [] };
  });
  result.getTestAssertions().forEach(function (assertion) {
    var failure = failures[ruleName(assertion.getRuleId())];
    failure.message = failure.message || String(assertion.getMessage());
    failure.places.push(String(assertion.getLocation().getContext()));
  });
  return {
    path: path,
    flavour: flavour,
    compliant: Boolean(result.isCompliant()),
    checks: Number(result.getTotalAssertions()),
    failures: Object.keys(failures).map(function (rule) { return failures[rule]; })
  };
}

function ruleName(id) {
  return id.getClause() + "-" + id.getTestNumber();
}

function tryToValidate(path, flavour) {
  try {
    return validate(path, flavour);
  } catch (error) { // the other files are worth checking
    return { path: path, flavour: flavour, error: String(error.javaException || error) };
  }
}

function readJobs() {
  var scanner = new java.util.Scanner(java.lang.System["in"], "UTF-8").useDelimiter("\\A");
  return JSON.parse(String(scanner.next()));
}

Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var out = new java.io.PrintStream(java.lang.System.out, true, "UTF-8");
readJobs().forEach(function (job) {
  job.flavours.forEach(function (flavour) {
    out.println(JSON.stringify(tryToValidate(job.path, flavour)));
  });
});
