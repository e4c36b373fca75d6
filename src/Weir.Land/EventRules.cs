using Weir.Land.Bots;
using Weir.Land.Contracts;

namespace Weir.Land;

/// <summary>What a project's files say of events, beside <c>weir.yml</c>.</summary>
/// <param name="Contracts">What events must be.</param>
/// <param name="Bots">Whose are dropped, of sources that drop those of bots.</param>
public sealed record EventRules(ContractSet Contracts, BotList Bots)
{
    /// <summary>Where no file says anything.</summary>
    public static EventRules None { get; } = new(ContractSet.None, BotList.Default);

    /// <summary>Reads them.</summary>
    /// <param name="project">The project's folder.</param>
    /// <exception cref="WeirException">WEIR5110, WEIR5111: mistakes in them.</exception>
    public static EventRules Load(string project) => new(ContractSet.Load(project), BotList.Load(project));
}
