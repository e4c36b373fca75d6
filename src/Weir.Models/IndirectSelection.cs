namespace Weir.Models;

/// <summary>Which tests come with chosen nodes; the words are dbt's.</summary>
public enum IndirectSelection
{
    /// <summary>A test that reads any chosen node.</summary>
    Eager,

    /// <summary>A test all of whose inputs are chosen.</summary>
    Cautious,

    /// <summary>A test all of whose inputs are chosen or ancestors of what is chosen.</summary>
    Buildable,

    /// <summary>No test that is not chosen itself.</summary>
    Empty,
}
