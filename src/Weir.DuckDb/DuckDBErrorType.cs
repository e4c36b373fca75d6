namespace Weir.DuckDb;

/// <summary>DuckDB's kinds of error (<c>duckdb_error_type</c>); the number is the C API's.</summary>
public enum DuckDBErrorType
{
    /// <summary>None of the others.</summary>
    Invalid = 0,
    /// <summary>A value is beyond its type.</summary>
    OutOfRange = 1,
    /// <summary>A value cannot be cast.</summary>
    Conversion = 2,
    /// <summary>A division by zero.</summary>
    DivideByZero = 6,
    /// <summary>Transactions conflict, or none is open.</summary>
    Transaction = 10,
    /// <summary>DuckDB does not do this.</summary>
    NotImplemented = 11,
    /// <summary>A table, function or other name does not exist, or exists already.</summary>
    Catalog = 13,
    /// <summary>The SQL cannot be parsed.</summary>
    Parser = 14,
    /// <summary>A constraint does not hold.</summary>
    Constraint = 18,
    /// <summary>The connection or database is unusable.</summary>
    Connection = 21,
    /// <summary>The SQL is malformed.</summary>
    Syntax = 22,
    /// <summary>Names or types in the SQL do not fit together.</summary>
    Binder = 24,
    /// <summary>A file cannot be read or written.</summary>
    IO = 28,
    /// <summary>The query was interrupted.</summary>
    Interrupt = 29,
    /// <summary>The database must be opened anew.</summary>
    Fatal = 30,
    /// <summary>A fault in DuckDB.</summary>
    Internal = 31,
    /// <summary>A parameter or argument is wrong.</summary>
    InvalidInput = 32,
    /// <summary>The memory limit is reached.</summary>
    OutOfMemory = 33,
    /// <summary>A setting forbids it.</summary>
    Permission = 34,
    /// <summary>Something else depends on it.</summary>
    Dependency = 37,
    /// <summary>A sequence is used up or not used yet.</summary>
    Sequence = 41,
    /// <summary>A setting has a value it cannot have.</summary>
    InvalidConfiguration = 42,
}
