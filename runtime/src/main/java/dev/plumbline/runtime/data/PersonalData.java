package dev.plumbline.runtime.data;

import dev.plumbline.runtime.DataProfile.Personal;
import dev.plumbline.runtime.data.Loading.LoadedColumn;
import dev.plumbline.schemas.model.ColumnType;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a column seems to hold names, e-mail addresses or phone numbers: by its values, and where these alone could be
 * something else, by its name too.
 */
final class PersonalData {
    private static final Pattern NAME = Pattern.compile(
            "(?i)(first|last|full|given|family|middle|customer|client|patient|employee|person|contact)?[ _.-]?(sur)?names?");
    private static final Pattern PHONE = Pattern.compile("(?i).*(phone|mobile|cell|tel|fax).*");
    private static final String EMAIL_VALUE = "[^@\\s]+@[^@\\s]+\\.[^@\\s]+";
    private static final String PHONE_VALUE = "\\+?[0-9(][0-9 ()./-]{5,18}[0-9]";
    private static final String INTERNATIONAL = "\\+[0-9][0-9 ()./-]{5,18}[0-9]";
    private static final long FEW = 5;

    private PersonalData() {}

    static Optional<Personal> in(Engine engine, LoadedColumn column, ColumnType type, long present, long different)
            throws SQLException {
        if (present == 0) {
            return Optional.empty();
        }
        if (mostly(engine, column, EMAIL_VALUE, present)) {
            return Optional.of(Personal.EMAIL);
        }
        String phone = PHONE.matcher(column.name()).matches() ? PHONE_VALUE : INTERNATIONAL;
        if (mostly(engine, column, phone, present)) {
            return Optional.of(Personal.PHONE);
        }
        boolean names = type == ColumnType.CATEGORY
                && different > FEW
                && NAME.matcher(column.name()).matches();
        return names ? Optional.of(Personal.NAME) : Optional.empty();
    }

    private static boolean mostly(Engine engine, LoadedColumn column, String pattern, long present)
            throws SQLException {
        return engine.count("SELECT count(*) FROM t WHERE regexp_full_match(" + column.text() + ", " + Sql.text(pattern)
                        + ")")
                > present / 2;
    }
}
