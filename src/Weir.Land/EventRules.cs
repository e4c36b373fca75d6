using Weir.Land.Bots;
using Weir.Land.Contracts;
using Weir.Land.Privacy;

namespace Weir.Land;

/// <summary>What a project's files say of events, beside <c>weir.yml</c>.</summary>
/// <param name="Contracts">What events must be.</param>
/// <param name="Bots">Whose are dropped, of sources that drop those of bots.</param>
public sealed record EventRules(ContractSet Contracts, BotList Bots)
{
    /// <summary>What the environment does with personal data.</summary>
    public PersonalData Personal { get; init; } = PersonalData.KeptAsSent;

    /// <summary>Whether the files have mistakes, so that nobody knows which fields they mark: then each field is taken for one.</summary>
    public bool AreUnknown { get; init; }

    /// <summary>Where no file says anything.</summary>
    public static EventRules None { get; } = new(ContractSet.None, BotList.Default);

    /// <summary>Reads them.</summary>
    /// <param name="project">The project's folder.</param>
    /// <exception cref="WeirException">WEIR5110, WEIR5111: mistakes in them.</exception>
    public static EventRules Load(string project) => new(ContractSet.Load(project), BotList.Load(project));
}
