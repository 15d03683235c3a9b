echo flow
