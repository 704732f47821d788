import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Makes up the customers of this example; no real person is among them. The same seed always gives the same bytes:
 *
 * <pre>java data/Customers.java 7 2000 > data/customers.csv</pre>
 *
 * <p>Whoever has a monthly contract, stayed short, pays much or calls support often is likelier to leave; the rest is
 * chance.
 */
final class Customers {
    private static final String HEADER =
            "customer_id,gender,age,tenure_months,contract,plan,autopay,monthly_charge,data_gb,support_calls,churned";
    private static final String[] CONTRACTS = {"monthly", "monthly", "monthly", "yearly", "two-year"};
    private static final String[] PLANS = {"basic", "basic", "standard", "standard", "premium"};

    private final SplittableRandom random;

    private Customers(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Prints a table: seed and number of customers. */
    public static void main(String[] arguments) throws IOException {
        Customers customers = new Customers(Long.parseLong(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        try (PrintWriter out =
                new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)))) {
            out.print(HEADER + "\n");
            for (int number = 1; number <= count; number++) {
                out.print(customers.row(number) + "\n");
            }
        }
    }

    private String row(int number) {
        String gender = random.nextBoolean() ? "female" : "male";
        int age = 18 + random.nextInt(65);
        String contract = oneOf(CONTRACTS);
        int tenure = contract.equals("monthly") ? 1 + random.nextInt(48) : 6 + random.nextInt(67);
        String plan = oneOf(PLANS);
        boolean autopay = random.nextDouble() < 0.6;
        double charge = price(plan) + 8 * random.nextDouble();
        double traffic = 60 * random.nextDouble() * random.nextDouble() + (plan.equals("premium") ? 20 : 2);
        int calls = (int) (6 * random.nextDouble() * random.nextDouble());
        boolean measured = random.nextDouble() < 0.98;
        boolean leaves = random.nextDouble() < risk(contract, tenure, charge, calls, autopay);
        return String.format(
                Locale.ROOT,
                "C%05d,%s,%d,%d,%s,%s,%s,%.2f,%s,%d,%s",
                number,
                gender,
                age,
                tenure,
                contract,
                plan,
                autopay ? "yes" : "no",
                charge,
                measured ? String.format(Locale.ROOT, "%.1f", traffic) : "",
                calls,
                leaves ? "yes" : "no");
    }

    private static double risk(String contract, int tenure, double charge, int calls, boolean autopay) {
        double score = -2.6 + 0.9 * calls - 0.05 * tenure + 0.04 * (charge - 25) - (autopay ? 0.6 : 0);
        score += switch (contract) {
            case "monthly" -> 1.8;
            case "yearly" -> 0.2;
            default -> -1.2;
        };
        return 1 / (1 + StrictMath.exp(-score));
    }

    private static double price(String plan) {
        return switch (plan) {
            case "basic" -> 15;
            case "standard" -> 30;
            default -> 55;
        };
    }

    private String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }
}
