using Weir.Land.Contracts;

namespace Weir.Land.Privacy;

/// <summary>What contracts mark in events. For one thread.</summary>
internal sealed class PersonalMarks(EventRules rules)
{
    private readonly Dictionary<Contract, PersonalFields> known = [];
    private readonly PersonalFields? unknown = rules.AreUnknown ? PersonalFields.Everything() : null;

    /// <summary>What the contract of an event marks; null: nothing.</summary>
    public PersonalFields? Of(string eventName)
    {
        if (rules.Contracts.Of(eventName) is not { } contract) return unknown;
        if (!known.TryGetValue(contract, out var fields)) known[contract] = fields = PersonalFields.Of(contract);
        return fields;
    }
}
