namespace Weir.Models;

/// <summary>What became of a node. The first five are dbt's words, in lower case.</summary>
public enum NodeStatus
{
    /// <summary>A seed or model was made and published.</summary>
    Success,

    /// <summary>It could not be made or the test could not be run; the message says why.</summary>
    Error,

    /// <summary>Not tried, because something it reads failed.</summary>
    Skipped,

    /// <summary>The test found nothing.</summary>
    Pass,

    /// <summary>The test found rows and its severity is error.</summary>
    Fail,

    /// <summary>The test found rows and only warns.</summary>
    Warn,

    /// <summary>There is nothing to do for it: an exposure.</summary>
    NoOp,

    /// <summary>Some batches of a microbatch model are published, others failed: only where nodes are published one by one.</summary>
    PartialSuccess,

    /// <summary>It was made, but the previous version stays published; the message says which failure holds it back. dbt would say success.</summary>
    Kept,
}
