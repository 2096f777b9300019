namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>How likely what is, per step.</summary>
/// <param name="Crash">The step's instance dies.</param>
/// <param name="Zombie">A second owner of a partition starts while the first goes on.</param>
/// <param name="Move">A partition is given to another instance in good order.</param>
/// <param name="Unavailable">A store or broker refuses.</param>
/// <param name="LostAnswer">What was done is told to have failed.</param>
/// <param name="Pause">The step's instance stands still for many steps.</param>
/// <param name="ServiceDown">A function asks for its batch to be run again; per call of its code.</param>
/// <param name="CleanUp">A timer looks for rows of a function that hold nothing any more.</param>
internal sealed record Chaos(
    double Crash, double Zombie, double Move, double Unavailable, double LostAnswer, double Pause, double ServiceDown, double CleanUp)
{
    public static Chaos None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    public static Chaos Of(Dice dice) => new(
        dice.Of(0, 0.002, 0.01),
        dice.Of(0, 0.002, 0.01),
        dice.Of(0, 0.005),
        dice.Of(0, 0.01, 0.05),
        dice.Of(0, 0.01, 0.05),
        dice.Of(0, 0.01),
        dice.Of(0, 0, 0.02),
        dice.Of(0, 0.01));
}
