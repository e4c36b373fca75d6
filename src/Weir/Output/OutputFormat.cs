namespace Weir.Output;

/// <summary>How a command writes its rows.</summary>
internal enum OutputFormat
{
    /// <summary>Aligned columns for people.</summary>
    Table,
    /// <summary>One JSON array of objects.</summary>
    Json,
    /// <summary>RFC 4180 with a header line.</summary>
    Csv,
}
