namespace Weir.DuckDb.Gate;

/// <summary>Why a query of a person is refused or cut: one code for each kind, and a sentence that says what to do.</summary>
internal static class Refusals
{
    private const string Hint = "'show all tables' lists what there is.";

    public static WeirException Failed(string message, Exception? cause = null) => new("WEIR8102", $"The query failed: {message}", cause!);

    public static WeirException NoTable(string name) => new("WEIR8102", $"The query failed: there is no table '{name}'. {Hint}");

    public static WeirException NotSelect(string reason) =>
        new("WEIR8101", $"Only a SELECT can be asked here: {reason} Tables are changed by models ('weir build'), never by queries.");

    public static WeirException SeveralStatements() => new("WEIR8110", "Only one statement can be asked at a time, and this text has several. Ask them one by one.");

    public static WeirException Nothing() => new("WEIR8111", "There is no statement in this text, only blanks or comments. Write one SELECT.");

    public static WeirException EngineTable(string name) => new("WEIR8112",
        $"'{name}' is a table of the engine itself: its catalogue tells settings and file names. Ask information_schema.tables or information_schema.columns, or 'show all tables'.");

    public static WeirException File(string name) => new("WEIR8113",
        $"'{name}' is no table of this project, and a query never reads a file, folder or address. Declare it as a source and load it ('weir load'), or make it a seed. {Hint}");

    public static WeirException TableFunction(string name, string reason) => new("WEIR8114", $"The table function '{name}' cannot be used in a query: {reason} Allowed: {string.Join(", ", Functions.TableNames)}.");

    public static WeirException Function(string name, string reason) => new("WEIR8115", $"The function '{name}' cannot be used in a query: {reason}");

    public static WeirException OpenPivot() => new("WEIR8116",
        "A PIVOT that finds its columns in the data has to make a type first, which a query must not. Name the values: PIVOT t ON column IN ('a', 'b') USING sum(x).");

    public static WeirException Parameter(string name) => new("WEIR8117", $"The query has a parameter (${name}) and nothing that gives it a value. Write the value itself.");

    public static WeirException Time(TimeSpan limit, Exception cause) => new("WEIR8118",
        $"The query ran longer than {limit.TotalSeconds:N0} s and was interrupted. Ask for fewer days or rows, or raise query.timeout in weir.yml (0: no limit).", cause);

    public static WeirException Rows(long limit) => new("WEIR8119",
        $"The query gives more than {limit:N0} rows and was ended there; what was written before is not the whole. Aggregate, filter or add a LIMIT, or raise query.max_rows in weir.yml (0: no limit).");

    public static WeirException Memory(DuckDBException cause) => new("WEIR8120",
        $"The query needs more memory or temporary disk than it may use. Ask for fewer days or columns, or raise warehouse.memory_limit or warehouse.spill_limit in weir.yml. DuckDB says: {cause.Message}", cause);

    public static WeirException TooLarge(string what) => new("WEIR8121", $"The query is {what}. Shorten it: a list of that many values belongs in a seed.");

    public static WeirException Unknown(string what) => new("WEIR8122", $"The query uses {what}, which this version of Weir does not know and so does not let through. Write it in another way, and please report it.");

    public static WeirException Type(string name) => new("WEIR8123",
        $"There is no type '{name}' here, and a query does not make the engine fetch an extension that has one. Use one of DuckDB's own, for example varchar, bigint, decimal(18,4) or timestamptz.");
}
