using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Queues;

public sealed class QueueTriggerTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _connection = fixture.Azurite.TakeAccount();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("texts", "plain", "text plain")]
    [InlineData("bytes", "plain", "bytes plain")]
    [InlineData("data", "plain", "data plain")]
    [InlineData("objects", """{"NAME":"a","count":2}""", "object a 2")]
    [InlineData("messages", "plain", "message plain 1")]
    public async Task Message_OfEachType_IsBoundAndDeleted(string queue, string text, string expected)
    {
        await using var app = await StartAsync();

        await SendAsync(queue, Base64(text));
        var seen = await app.Services.GetRequiredService<Seen>().NextAsync(Token);
        await DrainAsync(app, queue);

        Assert.Equal(expected, seen);
        Assert.Equal(0, await CountAsync(queue));
    }

    [Fact]
    public async Task Message_ThatFails_IsTriedFiveTimesThenMovedToThePoisonQueue()
    {
        await using var app = await StartAsync();
        var seen = app.Services.GetRequiredService<Seen>();

        await SendAsync("failing", Base64("no good"));
        var tries = new List<string>();
        for (var i = 0; i < 5; i++)
            tries.Add(await seen.NextAsync(Token));
        var poison = await ReceiveAsync("failing-poison");

        Assert.Equal(["failing 1", "failing 2", "failing 3", "failing 4", "failing 5"], tries);
        Assert.Equal(Base64("no good"), poison.MessageText);
        await WaitUntilEmptyAsync("failing");
    }

    [Theory]
    [InlineData("objects", "not base64 !")]
    [InlineData("objects", "bm90IGpzb24=")]
    public async Task Message_ThatCannotBeBound_IsPoisonedAsItIs(string queue, string raw)
    {
        await using var app = await StartAsync();

        await SendAsync(queue, raw);
        var poison = await ReceiveAsync($"{queue}-poison");

        Assert.Equal(raw, poison.MessageText);
        Assert.Equal(5, app.Logs.Lines.Count(l => l.Contains("[7403]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Poison_QueueWithAFunctionOfItsOwn_IsNotMovedOn()
    {
        await using var app = await StartAsync();
        var seen = app.Services.GetRequiredService<Seen>();

        await SendAsync("own-poison", Base64("x"));
        for (var i = 1; i <= 7; i++)
            Assert.Equal($"poison {i}", await seen.NextAsync(Token));

        Assert.False(await Queue("own-poison-poison").ExistsAsync(Token));
    }

    [Fact]
    public async Task Poison_QueueWhoseFunctionSucceedsAfterManyTries_IsEmpty()
    {
        await using var app = await StartAsync();
        var seen = app.Services.GetRequiredService<Seen>();

        await SendAsync("late-poison", Base64("x"));
        for (var i = 1; i <= 7; i++)
            Assert.Equal($"late {i}", await seen.NextAsync(Token));
        await app.DisposeAsync();

        Assert.Equal(0, await CountAsync("late-poison"));
    }

    [Fact]
    public async Task Output_OfOneAndOfMany_LandsOnTheQueue()
    {
        await using var app = await StartAsync();
        var seen = app.Services.GetRequiredService<Seen>();

        await SendAsync("fan", Base64("2"));
        var names = new HashSet<string> { await seen.NextAsync(Token), await seen.NextAsync(Token) };

        Assert.Equal(["object item0 0", "object item1 1"], names.Order());
    }

    [Fact]
    public async Task Encoding_None_TakesMessagesAsTheyAre()
    {
        await using var app = await StartAsync("--AzureFunctionsJobHost:extensions:queues:messageEncoding", "none");

        await SendAsync("texts", "plain");

        Assert.Equal("text plain", await app.Services.GetRequiredService<Seen>().NextAsync(Token));
    }

    [Fact]
    public async Task Batch_MoreThanOne_RunsConcurrentlyUpToItsLimits()
    {
        // All are there before the first batch is taken: a first one of a single message would be followed by two at once.
        for (var i = 0; i < 8; i++)
            await SendAsync("slow", Base64($"{i}"));
        await using var app = await StartAsync("--AzureFunctionsJobHost:extensions:queues:batchSize", "2", "--AzureFunctionsJobHost:extensions:queues:newBatchThreshold", "1");
        var seen = app.Services.GetRequiredService<Seen>();

        await seen.UntilInsideAsync(2, Token);
        seen.LetGo(1);
        await seen.UntilInsideAsync(3, Token);
        seen.LetGo(7);
        for (var i = 0; i < 8; i++)
            await seen.NextAsync(Token);

        // A batch on top of the threshold, and never more.
        Assert.Equal(3, seen.MostAtOnce);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private Task<TestApp> StartAsync(params string[] arguments) => TestApp.StartAsync(
        new()
        {
            StateFile = _folder.StateFile,
            Arguments =
            [
                "--AzureWebJobsStorage", _connection,
                "--ObjectsQueue", "objects",
                "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:00",
                "--AzureFunctionsJobHost:extensions:queues:maxPollingInterval", "00:00:00.200",
                .. arguments,
            ],
            Configure = b => b.Services.AddSingleton<Seen>(),
        },
        typeof(Functions));

    private QueueClient Queue(string name) => new(_connection, name);

    private async Task SendAsync(string queue, string text)
    {
        await Queue(queue).CreateIfNotExistsAsync(cancellationToken: Token);
        await Queue(queue).SendMessageAsync(text, Token);
    }

    private async Task<int> CountAsync(string queue) => (await Queue(queue).GetPropertiesAsync(Token)).Value.ApproximateMessagesCount;

    private async Task DrainAsync(TestApp app, string queue)
    {
        await app.DisposeAsync();
        await WaitUntilEmptyAsync(queue);
    }

    private async Task WaitUntilEmptyAsync(string queue)
    {
        while (await CountAsync(queue) > 0)
            await Task.Delay(20, Token);
    }

    private async Task<QueueMessage> ReceiveAsync(string queue)
    {
        await Queue(queue).CreateIfNotExistsAsync(cancellationToken: Token);
        while (true)
        {
            QueueMessage? message = await Queue(queue).ReceiveMessageAsync(cancellationToken: Token);
            if (message is not null)
                return message;
            await Task.Delay(20, Token);
        }
    }

    private sealed record Item(string Name, int Count);

    private sealed class Functions(Seen seen)
    {
        [Function("texts")]
        public void Texts([QueueTrigger("texts")] string message) => seen.Add($"text {message}");

        [Function("bytes")]
        public void Bytes([QueueTrigger("bytes")] byte[] message) => seen.Add($"bytes {Encoding.UTF8.GetString(message)}");

        [Function("data")]
        public void Data([QueueTrigger("data")] BinaryData message) => seen.Add($"data {message}");

        [Function("objects")]
        public void Objects([QueueTrigger("%ObjectsQueue%", Connection = "AzureWebJobsStorage")] Item item) => seen.Add($"object {item.Name} {item.Count}");

        [Function("messages")]
        public void Messages([QueueTrigger("messages")] QueueMessage message, CancellationToken cancellationToken) =>
            seen.Add($"message {message.Body} {message.DequeueCount}");

        [Function("failing")]
        public async Task Failing([QueueTrigger("failing")] string message, long dequeueCount)
        {
            await Task.Yield();
            seen.Add($"failing {dequeueCount}");
            throw new InvalidOperationException(message);
        }

        [Function("own-poison")]
        public void OwnPoison([QueueTrigger("own-poison")] string message, FunctionContext context)
        {
            seen.Add($"poison {context.BindingContext.BindingData["DequeueCount"]}");
            throw new InvalidOperationException(message);
        }

        [Function("late-poison")]
        public void LatePoison([QueueTrigger("late-poison")] string message, long dequeueCount)
        {
            seen.Add($"late {dequeueCount}");
            if (dequeueCount < 7)
                throw new InvalidOperationException(message);
        }

        [Function("fan")]
        [QueueOutput("%ObjectsQueue%")]
        public IEnumerable<Item> Fan([QueueTrigger("fan")] string count) =>
            Enumerable.Range(0, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)).Select(i => new Item($"item{i}", i));

        [Function("slow")]
        public async Task Slow([QueueTrigger("slow")] string message)
        {
            await seen.StayAsync();
            seen.Add(message);
        }
    }
}
