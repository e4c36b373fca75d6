namespace Weir.Tests.Proof.Soak;

/// <summary>The soak's own judge sees what it must see.</summary>
public class TallyTests
{
    private static readonly Guid Answered = Guid.NewGuid(), Cut = Guid.NewGuid();

    [Fact]
    public void What_was_answered_must_be_there_once_and_what_was_cut_may_be()
    {
        Faults((Answered, 1)).ShouldBeEmpty();
        Faults((Answered, 1), (Cut, 1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_lost_a_doubled_and_an_invented_event_are_seen()
    {
        Faults((Cut, 1)).ShouldHaveSingleItem().ShouldContain("is not in the lake");
        Faults((Answered, 2)).ShouldHaveSingleItem().ShouldContain("2 times");
        Faults((Answered, 1), (Cut, 3)).ShouldHaveSingleItem().ShouldContain("3 times");
        Faults((Answered, 1), (Guid.NewGuid(), 1)).ShouldHaveSingleItem().ShouldContain("nobody sent");
    }

    private static IReadOnlyList<string> Faults(params (Guid, long)[] found)
    {
        var tally = new Tally();
        tally.Attempt([Answered], 0);
        tally.Attempt([Cut], 0);
        tally.Attempt([Answered], 0);
        tally.Answer([Answered], 0);
        return tally.Compare(found).Faults;
    }
}
