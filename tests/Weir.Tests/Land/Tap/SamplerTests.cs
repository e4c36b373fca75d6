using System.Text;
using Weir.Land.Tap;

namespace Weir.Tests.Land.Tap;

public class SamplerTests
{
    private DateTimeOffset now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Up_to_the_rate_everything_is_shown()
    {
        var sampler = new Sampler(100);
        for (var second = 0; second < 5; second++)
        {
            for (var i = 0; i < 100; i++)
            {
                sampler.Admits(Hash(), now, out var note).ShouldBeTrue();
                note.ShouldBeNull();
            }
            now += TimeSpan.FromSeconds(1);
        }
    }

    [Fact]
    public void At_ten_times_the_rate_about_the_rate_is_shown_and_at_the_rate_everything_again()
    {
        var sampler = new Sampler(1_000);
        var notes = new List<string>();
        var shown = Run(sampler, 10_000, notes);
        shown.ShouldBeInRange(1_000, 2_500); // it learns while the first second runs
        for (var second = 0; second < 4; second++) Run(sampler, 10_000, notes).ShouldBeInRange(450, 1_050); // one in 16 of them is 625
        notes[^1].ShouldStartWith("""{"one_in":16,"matched":10000,"shown":""");
        Run(sampler, 900, notes).ShouldBeLessThan(100); // it cannot know yet
        notes.Clear();
        Run(sampler, 900, notes).ShouldBe(900);
        notes[0].ShouldStartWith("""{"one_in":1,"matched":900,""");
        notes.Clear();
        Run(sampler, 900, notes).ShouldBe(900);
        notes.ShouldBeEmpty();
    }

    [Fact]
    public void All_copies_of_an_event_are_in_or_out_and_a_smaller_sample_lies_within_a_larger_one()
    {
        var (larger, smaller) = (new Sampler(1_000), new Sampler(100));
        Run(larger, 10_000, []);
        Run(smaller, 10_000, []);
        var some = 0;
        for (var i = 0; i < 90; i++)
        {
            var hash = TapEvent.HashOf(new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
            var isIn = larger.Admits(hash, now, out _);
            for (var copy = 0; copy < 5; copy++) larger.Admits(hash, now, out _).ShouldBe(isIn);
            if (isIn) some++;
            if (smaller.Admits(hash, now, out _)) isIn.ShouldBeTrue();
        }
        some.ShouldBeInRange(1, 20);
    }

    private int Run(Sampler sampler, int events, List<string> notes)
    {
        var shown = 0;
        for (var i = 0; i < events; i++)
        {
            if (sampler.Admits(Hash(), now, out var note)) shown++;
            if (note is not null) notes.Add(Encoding.UTF8.GetString(note));
        }
        now += TimeSpan.FromSeconds(1);
        return shown;
    }

    private int hashed;

    private ulong Hash() => TapEvent.HashOf(new Guid(hashed++, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])); // ids that only count up, as some clients' do

    [Fact]
    public void Events_that_are_read_late_all_at_once_are_not_sampled_for_it()
    {
        var sampler = new Sampler(100);
        for (var i = 0; i < 3_000; i++)
        {
            sampler.Admits(Hash(), now, out var note).ShouldBeTrue();
            note.ShouldBeNull();
            if (i % 100 == 99) now += TimeSpan.FromSeconds(1); // they arrived within half a minute
            if (i % 1_000 == 0) sampler.Tick(now + TimeSpan.FromMinutes(1)).ShouldBeNull();
        }
    }
}
