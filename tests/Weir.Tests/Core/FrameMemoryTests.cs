using Shouldly;
using Weir.Events;

namespace Weir.Tests.Core;

public class FrameMemoryTests
{
    [Fact]
    public void What_was_given_back_is_used_again_but_only_once()
    {
        var memory = FrameMemory.Rent(100_000);
        memory.Return();
        memory.Return(); // by mistake
        FrameMemory[] rented = [.. Enumerable.Range(0, 50).Select(_ => FrameMemory.Rent(90_000))];
        rented.Distinct().Count().ShouldBe(50);
        foreach (var each in rented) each.Return();
    }

    [Theory]
    [InlineData(FrameMemory.LeastLength)]
    [InlineData((1 << 16) - FrameMemory.Behind)]
    [InlineData((1 << 16) - FrameMemory.Behind + 1)]
    [InlineData((1 << 24) - FrameMemory.Behind)]
    [InlineData((1 << 24) + 5)]
    public unsafe void Has_room_for_what_is_asked_and_some_bytes_behind_it_and_does_not_move(int length)
    {
        var memory = FrameMemory.Rent(length);
        var bytes = memory.First(length);
        var end = FrameMemory.PointerTo(bytes[^1..]);
        bytes.Span[^1] = 7;
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        (*end).ShouldBe((byte)7);
        ((nint)FrameMemory.PointerTo(bytes)).ShouldBe((nint)end - length + 1);
        memory.First(length + FrameMemory.Behind).Length.ShouldBe(length + FrameMemory.Behind);
        memory.Return();
    }
}
