using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Http;

/// <summary>HTTP by hand, for requests that no client would send: whose body never comes, or never ends, or whose address is none.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly LocalStack _stack;

    private RawConnection(LocalStack stack) => _stack = stack;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(LocalStack stack)
    {
        var connection = new RawConnection(stack);
        await connection._tcp.ConnectAsync(IPAddress.Loopback, stack.BaseAddress.Port, Cancel);
        return connection;
    }

    /// <summary>Sends the head of a push; its body is another matter.</summary>
    public Task PostHeadAsync(string dataset, params IReadOnlyList<string> headers) =>
        SendHeadAsync($"POST /api/v1/datasets/{dataset}/batches", ["Content-Type: application/json", .. headers]);

    /// <summary>Asks for an address as it is: nothing of it is brought into order on the way.</summary>
    public Task GetAsync(string address) => SendHeadAsync($"GET {address}", []);

    public async Task SendChunkAsync(byte[] bytes)
    {
        await SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:x}\r\n")));
        await SendAsync([.. bytes, .. "\r\n"u8]);
    }

    /// <summary>Status of the answer. What was sent need not be complete.</summary>
    public async Task<int> ReadStatusAsync()
    {
        using var reader = new StreamReader(_tcp.GetStream(), Encoding.ASCII, leaveOpen: true);
        var line = await reader.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.StartsWith("HTTP/1.1 ", line, StringComparison.Ordinal);
        return int.Parse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public void Dispose() => _tcp.Dispose();

    private Task SendHeadAsync(string request, IReadOnlyList<string> headers)
    {
        string[] lines =
        [
            $"{request} HTTP/1.1",
            $"Host: 127.0.0.1:{_stack.BaseAddress.Port}",
            $"Authorization: Bearer {_stack.Tokens.Create(new DevTokenRequest())}",
            .. headers,
        ];
        return SendAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"));
    }

    private async Task SendAsync(byte[] bytes) => await _tcp.GetStream().WriteAsync(bytes, Cancel);
}
