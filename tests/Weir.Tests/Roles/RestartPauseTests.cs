using Weir.Roles.Supervision;

namespace Weir.Tests.Roles;

public class RestartPauseTests
{
    [Fact]
    public void A_role_is_started_at_once_the_first_time_and_after_a_long_life_and_later_and_later_while_it_dies_young()
    {
        var pause = new RestartPause();
        double[] lives = [0.1, 0.1, 3, 9.9, 0.1, 0.1, 0.1, 0.1, 10.1, 1, 1];
        lives.Select(life => pause.After(TimeSpan.FromSeconds(life)).TotalSeconds).ShouldBe([0, 0.5, 1, 2, 4, 8, 10, 10, 0, 0.5, 1]);
    }
}
