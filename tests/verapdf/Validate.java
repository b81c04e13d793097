import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Validates PDF files against PDF/A and PDF/UA flavours with veraPDF's library.
 *
 * <p>Arguments: the flavours joined by commas (2a,ua1), then the files. Prints lines of fields
 * separated by tabs: {@code verdict file flavour compliant checks}, and after it, for each rule
 * that fails, {@code failure clause-test count message}. Run as a single source file.
 */
public final class Validate {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Validate() {}

  /** Validates every file against every flavour; an unreadable file is an exception. */
  public static void main(String[] arguments) throws IOException, VeraPDFException {
    VeraGreenfieldFoundryProvider.initialise();
    String[] flavours = arguments[0].split(",");
    for (int i = 1; i < arguments.length; i++) {
      for (String flavour : flavours) {
        report(arguments[i], flavour, validate(arguments[i], PDFAFlavour.fromString(flavour)));
      }
    }
  }

  private static ValidationResult validate(String file, PDFAFlavour flavour)
      throws IOException, VeraPDFException {
    VeraPDFFoundry foundry = Foundries.defaultInstance();
    try (FileInputStream stream = new FileInputStream(file);
        PDFAParser parser = foundry.createParser(stream, flavour);
        PDFAValidator validator = foundry.createValidator(flavour, false)) {
      return validator.validate(parser);
    }
  }

  private static void report(String file, String flavour, ValidationResult result) {
    print("verdict", file, flavour, result.isCompliant(), result.getTotalAssertions());
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, String> messages = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        RuleId rule = assertion.getRuleId();
        String name = rule.getClause() + "-" + rule.getTestNumber();
        counts.merge(name, 1, Integer::sum);
        messages.putIfAbsent(name, assertion.getMessage().replaceAll("\\s+", " "));
      }
    }
    counts.forEach((name, count) -> print("failure", name, count, messages.get(name)));
  }

  private static void print(Object... fields) {
    String[] texts = new String[fields.length];
    for (int i = 0; i < fields.length; i++) {
      texts[i] = String.valueOf(fields[i]);
    }
    OUT.println(String.join("\t", texts));
  }
}
