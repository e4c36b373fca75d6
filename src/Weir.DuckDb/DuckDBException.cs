using System.Data.Common;

namespace Weir.DuckDb;

/// <summary>What DuckDB refused, in its own words.</summary>
public sealed class DuckDBException : DbException
{
    // DuckDB gives the kind as a number only for some of its errors, and as the first words of the message for all.
    private static readonly Dictionary<string, DuckDBErrorType> Kinds = new()
    {
        ["Out of Range Error"] = DuckDBErrorType.OutOfRange,
        ["Conversion Error"] = DuckDBErrorType.Conversion,
        ["Divide by Zero Error"] = DuckDBErrorType.DivideByZero,
        ["TransactionContext Error"] = DuckDBErrorType.Transaction,
        ["Not implemented Error"] = DuckDBErrorType.NotImplemented,
        ["Catalog Error"] = DuckDBErrorType.Catalog,
        ["Parser Error"] = DuckDBErrorType.Parser,
        ["Constraint Error"] = DuckDBErrorType.Constraint,
        ["Connection Error"] = DuckDBErrorType.Connection,
        ["Syntax Error"] = DuckDBErrorType.Syntax,
        ["Binder Error"] = DuckDBErrorType.Binder,
        ["IO Error"] = DuckDBErrorType.IO,
        ["INTERRUPT Error"] = DuckDBErrorType.Interrupt,
        ["FATAL Error"] = DuckDBErrorType.Fatal,
        ["INTERNAL Error"] = DuckDBErrorType.Internal,
        ["Invalid Input Error"] = DuckDBErrorType.InvalidInput,
        ["Out of Memory Error"] = DuckDBErrorType.OutOfMemory,
        ["Permission Error"] = DuckDBErrorType.Permission,
        ["Dependency Error"] = DuckDBErrorType.Dependency,
        ["Sequence Error"] = DuckDBErrorType.Sequence,
        ["Invalid Configuration Error"] = DuckDBErrorType.InvalidConfiguration,
    };

    internal DuckDBException(string message) : base(message)
    {
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        ErrorType = colon < 0 ? DuckDBErrorType.Invalid : Kinds.GetValueOrDefault(message[..colon]);
    }

    /// <summary>DuckDB's kind of error.</summary>
    public DuckDBErrorType ErrorType { get; }
}
