namespace Weir.Models;

/// <summary>When what a build makes becomes visible.</summary>
public enum PublishMode
{
    /// <summary>Write, audit, publish: one transaction at the end swaps in what passed.</summary>
    Together,

    /// <summary>Each node as soon as it is made, before its tests ran: what dbt does.</summary>
    AsDbt,
}
